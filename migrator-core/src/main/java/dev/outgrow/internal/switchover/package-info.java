/** The verbs of a switchover: begin, copy ahead, carry, roll back, retire. Each asks first which database is right. */
package dev.outgrow.internal.switchover;
