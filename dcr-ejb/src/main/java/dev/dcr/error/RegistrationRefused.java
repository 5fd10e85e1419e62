package dev.dcr.error;

import jakarta.ejb.ApplicationException;
import java.util.List;

/** The one exception that carries a {@link RegistrationError}; it rolls an open transaction back. */
@ApplicationException(rollback = true)
public class RegistrationRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient RegistrationError error;

    public RegistrationRefused(RegistrationError error) {
        this(error, null);
    }

    /** @param cause the fault behind the refusal, for the log; {@code null} where the caller alone is at fault */
    public RegistrationRefused(RegistrationError error, Throwable cause) {
        super(error.description(), cause, true, cause != null);
        this.error = error;
    }

    /** A refusal for the given violations. */
    public static RegistrationRefused rejecting(Violation... violations) {
        return new RegistrationRefused(new RegistrationError.Rejected(List.of(violations)));
    }

    /** What the caller is told. */
    public RegistrationError error() {
        return error;
    }
}
