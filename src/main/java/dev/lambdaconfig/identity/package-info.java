/**
 * The identities of tenants: a ServiceAccount's token is exchanged for a session of the IAM role
 * that its annotation names, or the operator assumes the role that the policy file assigns; calls
 * to Lambda are made by that session.
 *
 * <pre>
 *   gate ──► TenantIdentities ──► ServiceAccounts (port): the account's annotations, and a token
 *                    │
 *                    └──────────► RoleSessions (port): a session of the role, within a rate limit
 * </pre>
 *
 * <p>Answers at once and never waits: what has to be fetched is fetched by a worker, which triggers
 * the resources that need it. Holds no credentials; the adapter of {@link RoleSessions} does.
 */
@NullMarked
package dev.lambdaconfig.identity;

import org.jspecify.annotations.NullMarked;
