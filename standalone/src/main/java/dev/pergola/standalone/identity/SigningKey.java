package dev.pergola.standalone.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;

/**
 * Signing key of the demo identity provider, kept in a file so that tokens outlive a
 * restart.
 */
final class SigningKey {

	private SigningKey() {
	}

	static RSAKey load(Path directory) {
		Path file = directory.resolve("identity").resolve("signing-key.json");
		try {
			if (Files.exists(file)) {
				return RSAKey.parse(Files.readString(file));
			}
			RSAKey key = new RSAKeyGenerator(2048).keyUse(KeyUse.SIGNATURE)
				.algorithm(JWSAlgorithm.RS256)
				.keyIDFromThumbprint(true)
				.generate();
			store(file, key);
			return key;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (ParseException | JOSEException ex) {
			throw new IllegalStateException("signing key: " + file + " (expected: a private RSA key as JWK)", ex);
		}
	}

	private static void store(Path file, RSAKey key) throws IOException {
		Files.createDirectories(file.getParent());
		if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
			Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		}
		Files.writeString(file, key.toJSONString());
	}

}
