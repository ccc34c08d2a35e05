/**
 * The reconciler and what connects it to Kubernetes. Decisions are made in {@code plan}, statuses
 * in {@code status}; here they are carried out.
 */
@NullMarked
package dev.lambdaconfig.controller;

import org.jspecify.annotations.NullMarked;
