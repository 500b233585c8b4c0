package dev.outgrow.house.broken.api;

import com.google.common.collect.ForwardingObject;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multiset;
import com.google.common.collect.Range;
import com.google.gson.JsonElement;
import dev.outgrow.house.broken.internal.Hidden;
import java.util.List;
import java.util.Map;
import org.jooq.Query;
import org.postgresql.util.PSQLException;

/** Breaks: no foreign type in a public signature, in each of the places where one can stand. */
public abstract class ShowsForeignTypes<T extends JsonElement> extends ForwardingObject implements Iterable<Hidden> {
    /** A field. */
    public final Multiset<?>[] field = {};

    /** A return type. */
    protected abstract List<? extends Map<String, ImmutableList<String>>> returned();

    /** A parameter. */
    public abstract void takes(Query query);

    /** An exception. */
    public abstract void fails() throws PSQLException;

    /** A bound. */
    public abstract <E extends Range<String>> void bounded();

    private ImmutableList<String> mine() {
        return ImmutableList.of();
    }

    ImmutableList<String> ours() {
        return mine();
    }
}
