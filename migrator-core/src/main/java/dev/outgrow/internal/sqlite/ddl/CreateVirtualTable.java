package dev.outgrow.internal.sqlite.ddl;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * A CREATE VIRTUAL TABLE. Immutable.
 *
 * @param name the table
 * @param module the module
 * @param arguments what is written between the commas of the parentheses, each trimmed
 */
public record CreateVirtualTable(Name name, Name module, List<String> arguments) {
    public CreateVirtualTable {
        arguments = ImmutableList.copyOf(arguments);
    }
}
