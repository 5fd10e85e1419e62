package dev.dcr;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which way the features know each other: from the registration down to the metadata, and never back. */
@AnalyzeClasses(packages = "dev.dcr", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule featuresFormNoCycle =
            slices().matching("dev.dcr.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyKnowsTheStartUp = noClasses()
            .that()
            .resideOutsideOfPackage("..startup..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.dcr.startup..");

    @ArchTest
    static final ArchRule nobodyBelowKnowsTheRegistration = noClasses()
            .that()
            .resideOutsideOfPackages("..registration..", "..audit..", "..outbox..", "..startup..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.dcr.registration..")
            .because("audit and outbox hang off its events, everything else is what it calls");

    @ArchTest
    static final ArchRule metadataAndErrorsKnowNoFeature = noClasses()
            .that()
            .resideInAnyPackage("dev.dcr.metadata..", "dev.dcr.error..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.dcr..")
                    .and(not(resideInAnyPackage("dev.dcr.metadata..", "dev.dcr.error..", "dev.dcr.json.."))));

    @ArchTest
    static final ArchRule theCoreIsFreeOfTheContainer = noClasses()
            .that()
            .resideInAnyPackage("dev.dcr.metadata..", "dev.dcr.rules..", "dev.dcr.error..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.enterprise..",
                    "jakarta.inject..",
                    "jakarta.persistence..",
                    "jakarta.transaction..",
                    "jakarta.ws..");

    @ArchTest
    static final ArchRule onlyTheConfigurationReadsToml = noClasses()
            .that()
            .resideOutsideOfPackage("dev.dcr.config..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.tomlj..");

    @ArchTest
    static final ArchRule onlyFeaturesThatRememberKnowPersistence = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.dcr.registration..",
                    "dev.dcr.replay..",
                    "dev.dcr.access..",
                    "dev.dcr.audit..",
                    "dev.dcr.outbox..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.persistence..");

    @ArchTest
    static final ArchRule onlyTwoFeaturesCallOut = noClasses()
            .that()
            .resideOutsideOfPackages("dev.dcr.outbound..", "dev.dcr.extension..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.hc..", "org.apache.http..", "java.net.http..", "jakarta.ws.rs.client..")
            .because("what is called, and what an outsider may have called, is decided in one place each");

    @ArchTest
    static final ArchRule sqlIsNeverPutTogether = noClasses()
            .that()
            .resideOutsideOfPackage("dev.dcr.startup..")
            .should()
            .callMethodWhere(target(nameMatching("createNativeQuery|createStatement|nativeSQL")))
            .because("values are bound to JPQL or to a prepared statement; migrations alone are SQL of our own");

    @ArchTest
    static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule logsGoThroughOneLibrary =
            noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");
}
