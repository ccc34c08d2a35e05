/** The accounts that pay for calls, without calls. */
@NullMarked
package dev.lambdaconfig.aws.account;

import org.jspecify.annotations.NullMarked;
