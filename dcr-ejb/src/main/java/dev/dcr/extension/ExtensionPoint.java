package dev.dcr.extension;

/** Where an extension service is asked. */
public enum ExtensionPoint {
    PRE_PROCESS_CLIENT_CREATION,
    PRE_PROCESS_CLIENT_UPDATE,
    PRE_PROCESS_CLIENT_RETRIEVAL;

    /** The name in {@code allowed_extensions}: {@code pre_process_client_creation}. */
    public String configured() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
