/** The ServiceAccounts of tenants, and the requests of their tokens. */
@NullMarked
package dev.lambdaconfig.kube.identity;

import org.jspecify.annotations.NullMarked;
