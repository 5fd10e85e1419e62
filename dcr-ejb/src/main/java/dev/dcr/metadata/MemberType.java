package dev.dcr.metadata;

/** The JSON value that a member takes, and what its strings stand for. */
public enum MemberType {
    STRING("string", Shape.STRING),
    /** The address of a page, an image or an endpoint of the client. */
    HTTPS_URI("https URI", Shape.STRING),
    STRINGS("list of strings", Shape.STRINGS),
    HTTPS_URIS("list of https URIs", Shape.STRINGS),
    /** Addresses to which a browser is sent, by the rules of the client's application type. */
    REDIRECT_URIS("list of redirection URIs", Shape.STRINGS),
    BOOLEAN("boolean", Shape.BOOLEAN),
    /** Not negative, and within 32 bits. */
    INTEGER("integer", Shape.INTEGER),
    OBJECT("object", Shape.OBJECT),
    /** A JWK set (RFC 7517 §5). */
    JWKS("JWK set", Shape.OBJECT),
    /** What directories write in forms of their own. */
    ANY("any", Shape.ANY);

    private final String title;
    private final Shape shape;

    MemberType(String title, Shape shape) {
        this.title = title;
        this.shape = shape;
    }

    /** The type in the words of the documentation. */
    public String title() {
        return title;
    }

    Shape shape() {
        return shape;
    }
}
