package dev.dcr.extension;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Before this method runs, the operator's extension service may change or refuse its argument, a {@link Consultable}.
 * For methods of a bean without a transaction: an EJB's own interceptors run inside its transaction, and a remote call
 * must not hold a connection.
 */
@InterceptorBinding
@Retention(RUNTIME)
@Target({METHOD, TYPE})
public @interface Extensible {

    /** The point at which the service is asked. */
    @Nonbinding
    ExtensionPoint value();
}
