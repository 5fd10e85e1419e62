package dev.dcr.launcher;

import dev.dcr.launcher.CommandLine.Misused;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;

/**
 * Starts the server: reads the configuration, so that a mistake in it ends the process before anything was started,
 * unpacks the server and hands over to WildFly.
 *
 * @param forWildFly arguments that are passed on
 */
record Start(List<String> forWildFly) implements Command {
    /** At any other argument WildFly prints its own usage and starts nothing, which looks like a server that takes its time. */
    private static final Pattern KNOWN_TO_WILDFLY =
            Pattern.compile("(-b[\\w-]*|-u|--cli-script|--properties|--stability|--yaml|-y)=.+|-S.+|-secmgr");

    Start {
        forWildFly = List.copyOf(forWildFly);
    }

    static Command parse(Arguments rest) throws Misused {
        var passedOn = new ArrayList<String>();
        while (!rest.isEmpty()) {
            var argument = rest.next();
            switch (argument) {
                case "-h", "--help" -> {
                    return new Help();
                }
                case "-v", "--version" -> {
                    return new Version();
                }
                case "-b", "--properties" -> passedOn.add(argument + "=" + rest.value(argument));
                default -> {
                    if (rest.isSetting(argument)) continue;
                    if (!KNOWN_TO_WILDFLY.matcher(argument).matches())
                        throw new Misused("unknown argument " + argument);
                    passedOn.add(argument);
                }
            }
        }
        return new Start(passedOn);
    }

    @Override
    public int run() throws Exception {
        JvmOptions.choose();
        BootCode.spareCompiler();
        NodeName.choose();
        Renegotiation.refuse();
        var configuration = inBackground(Start::configure);
        var installation = Installation.unpack();
        try {
            configuration.get().steerServer();
        } catch (ExecutionException failure) {
            installation.delete();
            if (failure.getCause() instanceof Refusal refusal) throw refusal;
            throw failure;
        }
        var arguments = new ArrayList<>(forWildFly);
        arguments.add("--install-dir=" + installation.home());
        org.wildfly.core.jar.boot.Main.main(arguments.toArray(String[]::new));
        Deployment.await();
        installation.removeLeftovers();
        Memory.giveBack();
        return DONE;
    }

    private static Configuration configure() throws Refusal {
        var configuration = Configuration.read();
        configuration.makeDataFolder();
        return configuration;
    }

    private static <T> FutureTask<T> inBackground(Callable<T> work) {
        var task = new FutureTask<>(work);
        new Thread(task, "configuration").start();
        return task;
    }
}
