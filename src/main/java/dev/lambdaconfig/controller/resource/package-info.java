/**
 * The function that a resource names, the other resources that name it, and whether the policy
 * allows it.
 *
 * <p>Answers from specs and from the cache alone; what AWS says of a function comes in elsewhere.
 */
@NullMarked
package dev.lambdaconfig.controller.resource;

import org.jspecify.annotations.NullMarked;
