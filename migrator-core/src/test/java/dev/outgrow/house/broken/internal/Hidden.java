package dev.outgrow.house.broken.internal;

/** A class of an internal package. */
public final class Hidden {}
