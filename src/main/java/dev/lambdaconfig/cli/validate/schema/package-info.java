/**
 * The API server's verdict on a new resource, without an API server: what it refuses by the schema
 * of the CRD, its rules in CEL, and the form of metadata. Fields, reasons and messages are the API
 * server's (apiextensions-apiserver 1.34).
 *
 * <p>Reads no files and knows nothing of AWS. Loads {@code dev.cel}, which no other command needs.
 */
@NullMarked
package dev.lambdaconfig.cli.validate.schema;

import org.jspecify.annotations.NullMarked;
