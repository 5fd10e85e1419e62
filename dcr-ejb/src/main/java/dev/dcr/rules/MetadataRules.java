package dev.dcr.rules;

import static dev.dcr.rules.Rule.onMetadata;

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
                                new AllowedValues(profile),
                                new MetadataChoices(),
                                new ScopeSyntax(),
                                new KeyRules()),
                        ClientAuthentication.all(),
                        // open banking clients name the subject of their transport certificate whatever their method
                        profile.isOpenBanking()
                                ? List.<Rule>of()
                                : List.of(onMetadata(ClientAuthentication::tlsSubjectOfOtherMethod)),
                        AlgorithmRules.all(),
                        UriRules.all(),
                        CibaRules.all())
                .flatMap(List::stream)
                .toList();
    }
}
