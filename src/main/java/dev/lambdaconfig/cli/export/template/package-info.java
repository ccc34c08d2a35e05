/**
 * The functions that other tools declare, read from their files: states of Terraform, templates of
 * SAM and CloudFormation.
 *
 * <p>Rows of the field table find their values by name, however a tool spells it. A file is bounded
 * in size and depth. No AWS.
 */
@NullMarked
package dev.lambdaconfig.cli.export.template;

import org.jspecify.annotations.NullMarked;
