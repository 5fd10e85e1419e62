package dev.dcr.extension;

import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_CREATION;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Puts what the extension service made of it in the place of an {@link Extensible} method's argument. */
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
@Extensible(PRE_PROCESS_CLIENT_CREATION) // non-binding: this one interceptor serves every point
class ExtensionInterceptor {
    @Inject
    Extensions extensions;

    @AroundInvoke
    Object consult(InvocationContext call) throws Exception {
        var arguments = call.getParameters().clone();
        arguments[0] = extensions.ask(point(call), (Consultable) arguments[0]);
        call.setParameters(arguments);
        return call.proceed();
    }

    /** The method's own annotation, or the one that stands at its class; a container's subclass inherits neither. */
    private static ExtensionPoint point(InvocationContext call) {
        var method = call.getMethod();
        var binding = method.isAnnotationPresent(Extensible.class)
                ? method.getAnnotation(Extensible.class)
                : method.getDeclaringClass().getAnnotation(Extensible.class);
        return binding.value();
    }
}
