package dev.dcr.access;

import jakarta.json.JsonObject;
import java.util.Optional;

/** Who is asking, once that is settled. */
public sealed interface Caller {

    /** The caller as the audit trail names it; holds nothing that could be used as a credential. */
    String actor();

    /** By member name the values that clients of this caller may have; empty allows any. */
    default JsonObject policy() {
        return JsonObject.EMPTY_JSON_OBJECT;
    }

    /** The initial access token that a registration spends. */
    default Optional<TokenDigest> spends() {
        return Optional.empty();
    }

    /** Somebody, where registration is open or a software statement speaks for the caller. */
    record Anyone() implements Caller {
        @Override
        public String actor() {
            return "anyone";
        }
    }

    /**
     * The holder of an initial access token.
     *
     * @param policy by member name the values that its clients may have
     */
    record InitialTokenHolder(TokenDigest token, JsonObject policy) implements Caller {
        @Override
        public String actor() {
            return "initial_access_token " + token.hint();
        }

        @Override
        public Optional<TokenDigest> spends() {
            return Optional.of(token);
        }
    }

    /** The client itself, by its registration access token. */
    record ClientItself() implements Caller {
        @Override
        public String actor() {
            return "client";
        }
    }

    /**
     * This server, without anybody asking.
     *
     * @param task what it is about, in one word
     */
    record ServerItself(String task) implements Caller {
        @Override
        public String actor() {
            return "server:" + task;
        }
    }

    /** The bearer of an access token of the authorization server. */
    record AccessTokenHolder(String clientId) implements Caller {
        private static final int SHOWN = 48;

        @Override
        public String actor() {
            return "access_token " + clientId.substring(0, Math.min(SHOWN, clientId.length()));
        }
    }
}
