package dev.dcr.registration;

/** How far a dry run goes. */
public enum DryRun {
    /** Every rule of this server, and nobody else is asked. */
    OWN_RULES,
    /** The operator's extension service is asked as well, as it would be for the real thing. */
    WITH_EXTENSION
}
