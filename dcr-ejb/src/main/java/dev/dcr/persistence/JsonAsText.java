package dev.dcr.persistence;

import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.format.FormatMapper;

/** Entities hold their JSON columns as text already; Hibernate would look for a mapper of objects without this. */
public class JsonAsText implements FormatMapper {

    @Override
    public <T> T fromString(CharSequence text, JavaType<T> type, WrapperOptions options) {
        return type.wrap(text.toString(), options);
    }

    @Override
    public <T> String toString(T value, JavaType<T> type, WrapperOptions options) {
        return type.unwrap(value, String.class, options);
    }
}
