package dev.dcr.json;

/** Text from outside that is not the JSON it should be. The message continues a sentence: "the body ...". */
public class MalformedJson extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedJson(String reason) {
        super(reason, null, false, false);
    }
}
