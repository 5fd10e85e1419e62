package dev.dcr.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Starts the server from the one jar that is shipped: reads the configuration, so that a mistake in it ends the process
 * before anything was started, unpacks the server and hands over to WildFly.
 */
public final class Main {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Main() {}

    /**
     * Does what {@link CommandLine#USAGE} says. The exit code is 1 if that fails, 2 if the arguments make no sense.
     *
     * @throws Exception a fault of the launcher or of WildFly
     */
    public static void main(String[] arguments) throws Exception {
        try {
            run(CommandLine.parse(arguments));
        } catch (CommandLine.Misused misused) {
            System.err.println(misused.getMessage() + "; --help tells what there is");
            System.exit(MISUSED);
        } catch (Refusal refusal) {
            System.err.println(refusal.getMessage());
            System.exit(FAILED);
        }
    }

    private static void run(CommandLine command) throws Exception {
        if (command instanceof CommandLine.Help) {
            System.out.print(CommandLine.USAGE);
        } else if (command instanceof CommandLine.Version) {
            System.out.println("DCR server " + Main.class.getPackage().getImplementationVersion());
        } else if (command instanceof CommandLine.InitialAccessToken asked) {
            System.out.println(new TokenRequest(asked.server(), Configuration.read()).send(asked));
        } else if (command instanceof CommandLine.Start start) {
            start(start.forWildFly());
        }
    }

    private static void start(List<String> forWildFly) throws Exception {
        BootCode.spareCompiler();
        NodeName.choose();
        var configuration = inBackground(Configuration::read);
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
        Heap.giveBack();
    }

    private static <T> FutureTask<T> inBackground(Callable<T> work) {
        var task = new FutureTask<>(work);
        new Thread(task, "configuration").start();
        return task;
    }
}
