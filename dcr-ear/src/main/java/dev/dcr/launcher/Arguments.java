package dev.dcr.launcher;

import dev.dcr.launcher.CommandLine.Misused;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;

/** The arguments that were not read yet. */
final class Arguments {
    private final ArrayDeque<String> rest;

    Arguments(String... arguments) {
        rest = new ArrayDeque<>(List.of(arguments));
    }

    boolean isEmpty() {
        return rest.isEmpty();
    }

    /** The next argument, which stays; empty if there is none. */
    String peek() {
        return isEmpty() ? "" : rest.peek();
    }

    String next() {
        return rest.remove();
    }

    /** The value that comes behind this option. */
    String value(String option) throws Misused {
        if (isEmpty()) throw new Misused(option + " needs a value");
        return rest.remove();
    }

    long number(String option) throws Misused {
        var value = value(option);
        if (value.matches("[1-9]\\d{0,8}")) return Long.parseLong(value);
        throw new Misused(option + " needs a positive number, not " + value);
    }

    /** Takes an option that every command has, or refuses it. */
    void setting(String argument) throws Misused {
        if (!isSetting(argument)) throw new Misused("unknown option " + argument);
    }

    /** Takes an option that every command has. WildFly sets properties, too, but only after the configuration was read. */
    boolean isSetting(String argument) throws Misused {
        if (argument.equals("-c") || argument.equals("--config")) return config(value(argument));
        if (argument.startsWith("--config=")) return config(argument.substring("--config=".length()));
        if (!argument.startsWith("-D")) return false;
        var property = argument.substring(2).split("=", 2);
        if (property[0].isEmpty()) throw new Misused("-D needs a name");
        System.setProperty(property[0], property.length == 1 ? "" : property[1]);
        return true;
    }

    private static boolean config(String file) {
        System.setProperty("dcr.config", Path.of(file).toAbsolutePath().toString());
        return true;
    }
}
