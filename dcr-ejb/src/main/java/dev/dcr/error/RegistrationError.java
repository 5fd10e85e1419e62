package dev.dcr.error;

import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.List;

/** Why a request was not carried out. A closed set: whatever the caller is told is one of these. */
public sealed interface RegistrationError {

    /** The HTTP status of the reply. */
    int status();

    /** The {@code error} member of the reply. */
    String code();

    /** The {@code error_description} member of the reply, ASCII. */
    String description();

    /** RFC 7591 §3.2.2: all that is wrong with the metadata or the statement, at once. */
    record Rejected(List<Violation> violations) implements RegistrationError {
        public Rejected {
            violations = List.copyOf(violations);
        }

        @Override
        public int status() {
            return 400;
        }

        @Override
        public String code() {
            return violations.stream()
                    .map(Violation::kind)
                    .min(naturalOrder())
                    .orElseThrow()
                    .code();
        }

        @Override
        public String description() {
            return violations.stream().map(Violation::message).collect(joining("; "));
        }
    }

    /** The extension said no. Its words are passed on; the status is one of 4xx. */
    record RefusedByExtension(int status, Violation.Kind kind, String description) implements RegistrationError {
        @Override
        public String code() {
            return kind.code();
        }

        /** The refusal as the one violation of the reply. */
        public List<Violation> violations() {
            return List.of(new Violation(kind, "client_metadata", "refused_by_operator", description));
        }
    }

    /** The request could not be understood: no JSON object, or a request JWT that is malformed or not verifiable. */
    record InvalidRequest(String description) implements RegistrationError {
        @Override
        public int status() {
            return 400;
        }

        @Override
        public String code() {
            return "invalid_request";
        }
    }

    /** RFC 6750 §3.1: no token, or none that is good here. The same for every reason, so that it tells nothing. */
    record InvalidToken(String description) implements RegistrationError {
        /** The refusal of a token that was presented. */
        public static final InvalidToken NO_GOOD = new InvalidToken("the token is not valid here");

        /** The refusal of a request without a token. */
        public static final InvalidToken MISSING = new InvalidToken("a bearer token is needed here");

        /** The refusal of a connection without a client certificate, as RFC 8705 §3 refuses one that is not the token's. */
        public static final InvalidToken NO_CERTIFICATE =
                new InvalidToken("a client certificate is needed here (mutual TLS)");

        @Override
        public int status() {
            return 401;
        }

        @Override
        public String code() {
            return "invalid_token";
        }
    }

    /** RFC 9449 §7.1: a token that is bound to a key, without a good proof that the caller holds it. */
    record InvalidDpopProof(String description) implements RegistrationError {
        @Override
        public int status() {
            return 401;
        }

        @Override
        public String code() {
            return "invalid_dpop_proof";
        }
    }

    /** RFC 6750 §3.1: a good token that lacks the scope asked for. */
    record InsufficientScope(String description) implements RegistrationError {
        @Override
        public int status() {
            return 403;
        }

        @Override
        public String code() {
            return "insufficient_scope";
        }
    }

    /** A good token that belongs to another client, or a caller who may not do this. */
    record AccessDenied(String description) implements RegistrationError {
        @Override
        public int status() {
            return 403;
        }

        @Override
        public String code() {
            return "access_denied";
        }
    }

    /** Other updates of the same client kept coming first. */
    record Conflict(String description) implements RegistrationError {
        @Override
        public int status() {
            return 409;
        }

        @Override
        public String code() {
            return "conflict";
        }
    }

    /** RFC 9110 §15.5.13: the client is not of the version that the request was made for. */
    record PreconditionFailed(String description) implements RegistrationError {
        @Override
        public int status() {
            return 412;
        }

        @Override
        public String code() {
            return "precondition_failed";
        }
    }

    /** Too many requests from one source, of one client or by one piece of software. */
    record SlowDown(Duration retryAfter) implements RegistrationError {
        @Override
        public int status() {
            return 429;
        }

        @Override
        public String code() {
            return "slow_down";
        }

        @Override
        public String description() {
            return "too many requests; try again in " + retryAfter.toSeconds() + " s";
        }
    }

    /** The extension service answered outside its contract. */
    record ExtensionBroke(String description) implements RegistrationError {
        @Override
        public int status() {
            return 502;
        }

        @Override
        public String code() {
            return "server_error";
        }
    }

    /** Something this server depends on is out of reach: extension, key set or database. */
    record Unavailable(String description, Duration retryAfter) implements RegistrationError {
        @Override
        public int status() {
            return 503;
        }

        @Override
        public String code() {
            return "temporarily_unavailable";
        }
    }
}
