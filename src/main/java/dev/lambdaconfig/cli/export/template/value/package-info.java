/**
 * The values of a template of CloudFormation: its tree, parameters, conditions and functions.
 *
 * <p>A value that only a deployment knows is no value: whatever has one is not known either, at any
 * depth. Knows nothing of functions of Lambda.
 */
@NullMarked
package dev.lambdaconfig.cli.export.template.value;

import org.jspecify.annotations.NullMarked;
