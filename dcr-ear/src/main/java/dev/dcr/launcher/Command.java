package dev.dcr.launcher;

/** One thing that the process can be told to do. */
interface Command {
    /** It was done, and what it had to tell is good news. */
    int DONE = 0;
    /** It was not done, or what it had to tell is bad news. */
    int FAILED = 1;
    /** The command line makes no sense. */
    int MISUSED = 2;

    /**
     * Does it.
     *
     * @return the exit code of the process; a server that was started goes on although the call is over
     * @throws Refusal   if it cannot be done, for a reason that the user can do something about
     * @throws Exception a fault of the launcher or of WildFly
     */
    int run() throws Exception;
}
