package dev.dcr.jose;

/** Text that is no signed JWT. The message continues a sentence: "the software statement ...". */
public class MalformedJwt extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedJwt(String reason) {
        super(reason, null, false, false);
    }
}
