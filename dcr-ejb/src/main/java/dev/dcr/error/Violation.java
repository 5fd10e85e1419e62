package dev.dcr.error;

import java.util.Objects;

/**
 * One thing that is wrong with a registration request.
 *
 * @param kind    which of the four error codes of RFC 7591 §3.2.2 it belongs to
 * @param field   the member at fault, as the caller wrote it, with an index where a list element is meant
 *                ({@code redirect_uris[1]}); empty where it is the request as a whole
 * @param code    a stable, machine-readable reason ({@code not_https})
 * @param message how to put it right, in ASCII; input is quoted through {@link Quoted} alone
 */
public record Violation(Kind kind, String field, String code, String message) {

    /** The error codes of RFC 7591 §3.2.2, gravest first: their order decides which one a mixed refusal carries. */
    public enum Kind {
        INVALID_SOFTWARE_STATEMENT("invalid_software_statement"),
        UNAPPROVED_SOFTWARE_STATEMENT("unapproved_software_statement"),
        INVALID_REDIRECT_URI("invalid_redirect_uri"),
        INVALID_CLIENT_METADATA("invalid_client_metadata");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** The code as it stands in an error reply. */
        public String code() {
            return code;
        }
    }

    public Violation {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(field);
        Objects.requireNonNull(code);
        Objects.requireNonNull(message);
    }

    /** An {@code invalid_client_metadata}. */
    public static Violation metadata(String field, String code, String message) {
        return new Violation(Kind.INVALID_CLIENT_METADATA, field, code, message);
    }

    /** An {@code invalid_redirect_uri}. */
    public static Violation redirectUri(String field, String code, String message) {
        return new Violation(Kind.INVALID_REDIRECT_URI, field, code, message);
    }

    /** An {@code invalid_software_statement}. */
    public static Violation statement(String field, String code, String message) {
        return new Violation(Kind.INVALID_SOFTWARE_STATEMENT, field, code, message);
    }
}
