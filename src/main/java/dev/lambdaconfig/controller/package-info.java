/**
 * The controller: the framework's face, the workflow of one reconcile, and the wiring of all rooms
 * below.
 *
 * <p>{@code ReconcileWorkflow} is the order of a reconcile, {@code Gates} lists what can end one.
 * Nothing is decided here, and nothing is called: rules are in the pure packages and in the rooms
 * below, which do not know this package.
 */
@NullMarked
package dev.lambdaconfig.controller;

import org.jspecify.annotations.NullMarked;
