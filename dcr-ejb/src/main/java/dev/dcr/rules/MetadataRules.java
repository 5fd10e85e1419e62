package dev.dcr.rules;

import java.util.List;
import java.util.stream.Stream;

/** What the specifications ask of the metadata of any client. */
final class MetadataRules {
    private MetadataRules() {}

    static List<Rule> of(Profile profile) {
        return Stream.of(
                        List.<Rule>of(
                                new RedirectUris(),
                                new GrantTypes(profile.allowsHybridWithoutImplicit()),
                                new AllowedValues()),
                        ClientAuthentication.rules(profile),
                        KeyRules.all(),
                        AlgorithmRules.all(),
                        UriRules.all(),
                        CibaRules.all(),
                        TextRules.all())
                .flatMap(List::stream)
                .toList();
    }
}
