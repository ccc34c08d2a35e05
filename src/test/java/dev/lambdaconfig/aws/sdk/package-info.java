/** Tests of the adapter, without AWS. */
@NullMarked
package dev.lambdaconfig.aws.sdk;

import org.jspecify.annotations.NullMarked;
