package dev.lambdaconfig.cli.export.output;

import dev.lambdaconfig.cli.export.manifest.ExportedManifest;

/** The destination of manifests. */
public interface ManifestOutput {

  /** The result of writing a manifest. */
  enum Outcome {
    /** It was written. */
    WRITTEN,
    /** It was there already, with the same content. */
    UNCHANGED,
    /** A file with another content was there, and was kept. */
    KEPT
  }

  /** Whether what was written by an export that failed is still there for the next one. */
  boolean isResumable();

  /** Whether the manifest of a resource is there already, so that nothing has to be read for it. */
  boolean has(String resource);

  /** Writes a manifest, and the Secret that belongs to it before. */
  Outcome write(ExportedManifest manifest) throws OutputException;

  /**
   * Writes what is about all manifests.
   *
   * @return what became of it, for people; empty where there is nothing to say
   */
  String finish() throws OutputException;

  /**
   * Whether something that was written is not there after all: of the standard output that is known
   * in the end only. The process says so itself, as it does after any command.
   */
  boolean isLost();
}
