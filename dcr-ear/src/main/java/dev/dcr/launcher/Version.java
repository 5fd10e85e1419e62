package dev.dcr.launcher;

/** Says which version this is. */
record Version() implements Command {
    @Override
    public int run() {
        System.out.println("DCR server " + Version.class.getPackage().getImplementationVersion());
        return DONE;
    }
}
