/** The facade: {@code Migration}, and nothing else. */
package dev.outgrow;
