/** In which form a column's values are written, where the type leaves it open: so that new values are written alike. */
package dev.outgrow.typemap.internal.form;
