/**
 * ServiceAccounts as the source of identities: the port by which they and their tokens are read,
 * the annotations that name a role, and what is wrong with them.
 */
@NullMarked
package dev.lambdaconfig.identity.account;

import org.jspecify.annotations.NullMarked;
