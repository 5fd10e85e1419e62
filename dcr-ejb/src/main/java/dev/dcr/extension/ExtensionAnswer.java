package dev.dcr.extension;

import static dev.dcr.error.Violation.Kind.INVALID_CLIENT_METADATA;
import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_RETRIEVAL;
import static dev.dcr.json.StrictJson.PROVIDER;

import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.Member;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/** What an extension service may answer. Everything else is a {@link ContractBreach}. */
sealed interface ExtensionAnswer {

    /**
     * The service agrees.
     *
     * @param changes the members that it adds or changes: none that only this server may set, no statement,
     *                none that is {@code null}
     */
    record Success(JsonObject changes) implements ExtensionAnswer {
        public Success {
            var taken = PROVIDER.createObjectBuilder();
            changes.forEach((member, value) -> {
                if (isTaken(member) && !JsonValue.NULL.equals(value)) taken.add(member, value);
            });
            changes = taken.build();
        }

        /** A statement is what its issuer signed and this server verified, or there is none. */
        private static boolean isTaken(String member) {
            return !Member.isServerOwned(member) && !member.equals("software_statement");
        }

        /** What was asked about, with the changes made. Merging by {@code ADD} spares what the caller set himself. */
        Consultable appliedTo(Consultable asked, ExtensionPoint point, ExtensionConfig.Merge merge) {
            if (changes.isEmpty()) return asked;
            var spares = merge == ExtensionConfig.Merge.ADD && point != PRE_PROCESS_CLIENT_RETRIEVAL;
            var merged = PROVIDER.createObjectBuilder(asked.clientData().json());
            changes.forEach((member, value) -> {
                if (!spares || !asked.explicit().contains(member)) merged.add(member, value);
            });
            return asked.with(new ClientMetadata(merged.build()));
        }
    }

    /**
     * The service says no.
     *
     * @param status      the HTTP status that the caller gets, one of 4xx
     * @param description the service's words: printable ASCII without quotes and backslashes, bounded
     */
    record Refusal(int status, Violation.Kind kind, String description) implements ExtensionAnswer {
        private static final int LONGEST = 300;
        private static final String UNEXPLAINED = "the operator does not accept this registration";

        public Refusal {
            if (status < 400 || status > 499) status = 400;
            description = description.isBlank() ? UNEXPLAINED : asciiOf(description);
        }

        /** The RFC 7591 error code of that name; any other text means {@code invalid_client_metadata}. */
        static Violation.Kind kindOf(String code) {
            for (var kind : Violation.Kind.values()) {
                if (kind.code().equals(code)) return kind;
            }
            return INVALID_CLIENT_METADATA;
        }

        /** RFC 7591 §3.2.2 allows ASCII in a description, RFC 6749 §5.2 neither {@code "} nor {@code \}. */
        private static String asciiOf(String text) {
            var ascii = new StringBuilder();
            text.strip().codePoints().limit(LONGEST).forEach(c -> ascii.append(allowed(c)));
            return ascii.toString();
        }

        private static char allowed(int c) {
            if (Character.isWhitespace(c)) return ' ';
            if (c == '"') return '\'';
            return c < 0x20 || c > 0x7e || c == '\\' ? '?' : (char) c;
        }
    }
}
