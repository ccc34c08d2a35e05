/** Holds docs/spec.md to the code: what can be generated is, the rest is looked for. */
@NullMarked
package dev.lambdaconfig.docs;

import org.jspecify.annotations.NullMarked;
