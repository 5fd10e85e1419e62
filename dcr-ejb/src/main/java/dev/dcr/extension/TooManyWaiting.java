package dev.dcr.extension;

/** As many requests as may do so wait for the extension service's answer already. */
class TooManyWaiting extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
