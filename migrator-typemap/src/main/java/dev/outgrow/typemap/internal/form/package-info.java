/** The form of a column's values, if the type leaves it open, so that new values are written in the same form. */
package dev.outgrow.typemap.internal.form;
