package dev.dcr.registration;

import dev.dcr.access.TokenDigest;
import dev.dcr.audit.Change;
import dev.dcr.replay.Jti;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A change of one client on its way into the database, with all that is to be committed with it. */
sealed interface Write {
    /** The audit entry. */
    Change change();

    /** The client that it is about. */
    default String clientId() {
        return change().clientId().orElseThrow();
    }

    /** The identifiers of signed requests that it spends. */
    Set<Jti> spent();

    /** The initial access token of which it spends a use. */
    default Optional<TokenDigest> initialToken() {
        return Optional.empty();
    }

    /**
     * Whether it may share a commit with others: not if it is likely to be refused only by the database, which would make
     * them start over.
     */
    default boolean isSociable() {
        return spent().isEmpty();
    }

    /** A new client. */
    record Creation(RegisteredClient client, Optional<TokenDigest> initialToken, Set<Jti> spent, Change change)
            implements Write {
        @Override
        public boolean isSociable() {
            return spent.isEmpty()
                    && client.exclusiveSoftware().isEmpty()
                    && client.countedSoftware().isEmpty();
        }
    }

    /**
     * A client that says something else about itself from now on.
     *
     * @param read  the client as it was read; refused if it has changed since
     * @param event what happens to it; may be told of more than once, each time of a fresh copy
     */
    record Replacement(RegisteredClient read, Consumer<RegisteredClient> event, Set<Jti> spent, Change change)
            implements Write {
        @Override
        public boolean isSociable() {
            return spent.isEmpty() && read.exclusiveSoftware().isEmpty();
        }
    }

    /**
     * A client that is no more.
     *
     * @param read the client as it was read; refused if it has changed since
     */
    record Deletion(RegisteredClient read, Change change) implements Write {
        @Override
        public Set<Jti> spent() {
            return Set.of();
        }
    }
}
