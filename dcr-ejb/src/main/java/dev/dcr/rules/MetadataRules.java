package dev.dcr.rules;

import static dev.dcr.rules.Rule.onMetadata;

import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import java.util.List;
import java.util.stream.Stream;

/** What the specifications ask of the metadata of any client. */
final class MetadataRules {
    private static final int LONGEST_SOFTWARE_ID = 255;

    private MetadataRules() {}

    static List<Rule> of(Profile profile) {
        return Stream.of(
                        List.<Rule>of(
                                new RedirectUris(),
                                new GrantTypes(profile.allowsHybridWithoutImplicit()),
                                new AllowedValues(profile),
                                new MetadataChoices(),
                                new ScopeSyntax(),
                                new KeyRules(),
                                onMetadata(MetadataRules::softwareId)),
                        ClientAuthentication.all(),
                        AlgorithmRules.all(),
                        UriRules.all(),
                        CibaRules.all())
                .flatMap(List::stream)
                .toList();
    }

    /** It is looked for in the database, and directories give out identifiers of some twenty characters. */
    private static Stream<Violation> softwareId(ClientMetadata client) {
        return Breach.value(
                client,
                "software_id",
                id -> id.length() > LONGEST_SOFTWARE_ID,
                "too_long",
                "must have at most " + LONGEST_SOFTWARE_ID + " characters");
    }
}
