package dev.dcr.startup;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/**
 * A database for those who may take their time: a migration may build an index for minutes, during which the database
 * is silent. Connections go back to the pool as impatient as they came.
 */
final class PatientConnections {
    private static final Executor AT_ONCE = Runnable::run;
    private static final int FOR_EVER = 0;

    private PatientConnections() {}

    static DataSource of(DataSource impatient) {
        return standIn(DataSource.class, (proxy, method, arguments) -> {
            var result = call(impatient, method, arguments);
            return result instanceof Connection connection ? patient(connection) : result;
        });
    }

    private static Connection patient(Connection connection) throws SQLException {
        var patience = connection.getNetworkTimeout();
        connection.setNetworkTimeout(AT_ONCE, FOR_EVER);
        return standIn(Connection.class, (proxy, method, arguments) -> {
            if (method.getName().equals("close") && !connection.isClosed())
                connection.setNetworkTimeout(AT_ONCE, patience);
            return call(connection, method, arguments);
        });
    }

    private static <T> T standIn(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(PatientConnections.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Object target, Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
