package dev.dcr.metadata;

/** What becomes of members that neither the registry nor the configuration knows ({@code dcr.unknown_metadata}). */
public enum UnknownMetadata {
    /** RFC 7591 §2: "the authorization server MUST ignore" them; they are dropped. */
    IGNORE,
    /** They are kept as they are and returned. */
    STORE,
    /** They are refused. */
    REJECT
}
