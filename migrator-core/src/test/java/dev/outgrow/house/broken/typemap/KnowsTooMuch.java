package dev.outgrow.house.broken.typemap;

import dev.outgrow.house.broken.internal.Hidden;
import java.sql.Connection;

/** Breaks: typemap stands alone, without JDBC. */
abstract class KnowsTooMuch {
    abstract Hidden upwards();

    abstract Connection database();
}
