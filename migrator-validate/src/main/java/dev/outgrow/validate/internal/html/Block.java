package dev.outgrow.validate.internal.html;

/** A part of a page. */
@FunctionalInterface
public interface Block {
    /** Writes itself; whatever came from outside is {@linkplain Html#escape escaped}. */
    void write(StringBuilder html);
}
