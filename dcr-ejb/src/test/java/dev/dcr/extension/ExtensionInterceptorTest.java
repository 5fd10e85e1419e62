package dev.dcr.extension;

import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_RETRIEVAL;
import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dcr.error.RegistrationRefused;
import jakarta.interceptor.InvocationContext;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The interceptor by itself; that the container binds it is for a test in the container to show. */
class ExtensionInterceptorTest {
    private static final Asking ASKING = Asking.about("{}");

    private final ExtensionInterceptor interceptor = new ExtensionInterceptor();
    private FakeService service;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
        interceptor.extensions = service.asked().open();
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
    }

    @Test
    void theMethodGetsWhatTheServiceMadeOfItsFirstArgument() throws Exception {
        service.answers(200, "{\"status\":\"SUCCESS\",\"data\":{\"clientData\":{\"tier\":1}}}");
        var call = new Call(new ByMethod(), ByMethod.class.getDeclaredMethod("update", Asking.class, String.class));
        assertThat(interceptor.consult(call)).isEqualTo("{\"tier\":1} kept");
        assertThat(service.only().path()).isEqualTo("/pre-process-client-update");
    }

    @Test
    void aRefusedMethodIsNotCalled() throws Exception {
        service.answers(200, "{\"status\":\"ERROR\"}");
        var bean = new ByMethod();
        var call = new Call(bean, ByMethod.class.getDeclaredMethod("update", Asking.class, String.class));
        assertThatThrownBy(() -> interceptor.consult(call)).isInstanceOf(RegistrationRefused.class);
        assertThat(bean.called).isFalse();
    }

    @Test
    void anAnnotationAtTheClassCountsForItsMethods() throws Exception {
        service.answers(200, "{\"status\":\"SUCCESS\"}");
        interceptor.consult(
                new Call(new ByClass(), ByClass.class.getDeclaredMethod("show", Asking.class, String.class)));
        assertThat(service.only().path()).isEqualTo("/pre-process-client-retrieval");
    }

    static class ByMethod {
        boolean called;

        @Extensible(PRE_PROCESS_CLIENT_UPDATE)
        String update(Asking asking, String other) {
            called = true;
            return asking.clientData().json() + " " + other;
        }
    }

    @Extensible(PRE_PROCESS_CLIENT_RETRIEVAL)
    static class ByClass {
        String show(Asking asking, String other) {
            return asking + other;
        }
    }

    private static class Call implements InvocationContext {
        private final Object target;
        private final Method method;
        private Object[] parameters = {ASKING, "kept"};

        Call(Object target, Method method) {
            this.target = target;
            this.method = method;
        }

        @Override
        public Object getTarget() {
            return target;
        }

        @Override
        public Object getTimer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Method getMethod() {
            return method;
        }

        @Override
        public Constructor<?> getConstructor() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object[] getParameters() {
            return parameters;
        }

        @Override
        public void setParameters(Object[] others) {
            parameters = others;
        }

        @Override
        public Map<String, Object> getContextData() {
            return new HashMap<>();
        }

        @Override
        public Object proceed() throws Exception {
            try {
                return method.invoke(target, parameters);
            } catch (InvocationTargetException e) {
                throw (Exception) e.getCause();
            }
        }
    }
}
