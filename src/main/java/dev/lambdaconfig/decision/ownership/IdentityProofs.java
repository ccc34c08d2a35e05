package dev.lambdaconfig.decision.ownership;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What AWS has answered to one identity about the functions of one name in one Region: those of
 * several accounts. The resources of the identity share it, however they spell the function.
 */
public final class IdentityProofs {

  /** No answer yet. */
  public static final IdentityProofs NONE = new IdentityProofs(List.of());

  /**
   * A function as a resource names it.
   *
   * @param named the account in the function's ARN, or null for that of the identity
   * @param home the account of the identity, or null where it is not known
   */
  public record NamedFunction(@Nullable String named, @Nullable String home) {

    /** The account of the function where it is not that of the identity; null otherwise. */
    @Nullable String elsewhere() {
      return named == null || named.equals(home) ? null : named;
    }
  }

  /**
   * A proof.
   *
   * @param elsewhere the account of the function where it is not that of the identity, or null
   * @param home the account of the identity, or null
   * @param session the key of the session that called, or empty
   */
  private record Entry(
      @Nullable String elsewhere, @Nullable String home, String session, ReadProof proof) {

    boolean isOf(@Nullable String account) {
      return Objects.equals(elsewhere, account);
    }
  }

  private final List<Entry> entries;

  private IdentityProofs(List<Entry> entries) {
    this.entries = entries;
  }

  /**
   * Adds an answer.
   *
   * @param session the key of the session that called, or empty
   * @param readable whether the function was described
   * @param account the account in its ARN, or null
   * @param number the number of the answer, larger than those before
   */
  public IdentityProofs with(
      NamedFunction spelling,
      String session,
      boolean readable,
      @Nullable String account,
      long number) {
    ReadProof proof = ReadProof.after(of(spelling), readable, readable ? account : null, number);
    String elsewhere = spelling.elsewhere();
    List<Entry> next = new ArrayList<>(entries.size() + 1);
    entries.stream().filter(entry -> !entry.isOf(elsewhere)).forEach(next::add);
    next.add(new Entry(elsewhere, spelling.home(), session, proof));
    return new IdentityProofs(List.copyOf(next));
  }

  /** The proof of a function, or null where AWS has answered nothing about it. */
  public @Nullable ReadProof of(NamedFunction spelling) {
    NamedFunction known = known(spelling);
    String elsewhere = known.elsewhere();
    ReadProof found = find(elsewhere);
    if (elsewhere != null || known.home() == null) {
      return found;
    }
    // An answer from before the account of the identity was known.
    ReadProof earlier = find(known.home());
    return found == null || (earlier != null && earlier.last() > found.last()) ? earlier : found;
  }

  /** The account of a function, or null where it is not known. */
  public @Nullable String account(NamedFunction spelling) {
    ReadProof proof = of(spelling);
    if (proof != null && proof.account() != null) {
      return proof.account();
    }
    return spelling.named() == null ? known(spelling).home() : spelling.named();
  }

  /** The spelling, with the account of the identity if an answer has shown it. */
  private NamedFunction known(NamedFunction spelling) {
    if (spelling.home() != null) {
      return spelling;
    }
    for (Entry entry : entries) {
      if (entry.home() != null) {
        return new NamedFunction(spelling.named(), entry.home());
      }
    }
    return spelling;
  }

  private @Nullable ReadProof find(@Nullable String elsewhere) {
    for (Entry entry : entries) {
      if (entry.isOf(elsewhere)) {
        return entry.proof();
      }
    }
    return null;
  }

  /** Drops what other sessions were answered: those had other rights. */
  public IdentityProofs ofSession(String session) {
    return keeping(entry -> entry.session().equals(session));
  }

  /** Drops the proofs of functions that none of these resources names. */
  public IdentityProofs of(Collection<NamedFunction> spellings) {
    List<NamedFunction> all = spellings.stream().map(this::known).toList();
    return keeping(
        entry ->
            all.stream().anyMatch(one -> entry.isOf(one.elsewhere()) || entry.isOf(one.home())));
  }

  private IdentityProofs keeping(Predicate<Entry> kept) {
    List<Entry> next = entries.stream().filter(kept).toList();
    return next.size() == entries.size() ? this : new IdentityProofs(next);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }
}
