package dev.dcr.it;

import java.io.File;
import java.net.URISyntaxException;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The EAR as it is shipped, with a test inside. */
final class ShippedEar {
    private ShippedEar() {}

    static EnterpriseArchive with(Class<?>... tests) {
        var ear = ShrinkWrap.create(ZipImporter.class, "dcr.ear")
                .importFrom(new File("target/dcr.ear"))
                .as(EnterpriseArchive.class);
        ear.getAsType(WebArchive.class, "dcr-web.war").addClasses(tests);
        return ear.addAsLibraries(jarOf(Assertions.class));
    }

    private static File jarOf(Class<?> type) {
        try {
            return new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
