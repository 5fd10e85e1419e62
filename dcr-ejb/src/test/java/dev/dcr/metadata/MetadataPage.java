package dev.dcr.metadata;

import static java.util.stream.Collectors.joining;

/** Prints the table of all members for readers. */
final class MetadataPage {
    private static final String HEAD = """
            # Client metadata

            Every member that this server knows, generated from the table in its code. Beside them, the members that
            `financial_services.app_registration.dcr.params` names are known, with any value.

            - A string has 1 to %d characters, a list at most %d elements. `null` means the same as leaving a member out.
            - A request has at most %d members, and one member at most %d languages.
            - *Tags*: may be given in several languages, as `client_name#fr` (RFC 7591 §2.2).
            - *Server*: set by this server alone. A new registration that names it has it ignored; an update must not.
            - A list of choices (`*_supported` of RP Metadata Choices) is not registered itself: the preferred value if it
              is supported here, else the first that is, becomes the value of the single-valued member.
            - A boolean that is left out counts as `false`. Defaults of RFC 7591 hold in every profile; `application_type`
              has one in all profiles but `oauth`, `id_token_signed_response_alg` in `oidc`; an `_enc` where its `_alg` is
              given. `open-finance-brazil` has PS256 for ID tokens and request objects, and A256GCM for encrypted ID tokens;
              `cdr-au` has PS256 for request objects.

            | Member | Type | Values | Default | | Defined in |
            |---|---|---|---|---|---|
            """;

    private MetadataPage() {}

    static String text() {
        return HEAD.formatted(
                        Shape.LONGEST_STRING,
                        Shape.LONGEST_LIST,
                        MetadataReader.MOST_MEMBERS,
                        MetadataReader.MOST_LANGUAGES)
                + Member.all().stream().map(MetadataPage::row).collect(joining());
    }

    private static String row(Member member) {
        var values = member.chooses()
                .map(single -> "those of `" + single + "`")
                .orElseGet(() -> member.allowed().stream()
                        .map(value -> "`" + value + "`")
                        .collect(joining(" ")));
        var standard = member.standard()
                .map(value -> "`" + value.toString().replace("\"", "") + "`")
                .orElse("");
        var marks = (member.taggable() ? "Tags" : "") + (member.serverOwned() ? "Server" : "");
        return "| `%s` | %s | %s | %s | %s | %s |\n"
                .formatted(member.name(), member.type().title(), values, standard, marks, member.source());
    }
}
