/** The rules of the house, held by ArchUnit, and classes that break each of them so that it is seen to fail. */
@NullMarked
package dev.outgrow.house;

import org.jspecify.annotations.NullMarked;
