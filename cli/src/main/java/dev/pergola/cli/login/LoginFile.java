package dev.pergola.cli.login;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file that remembers a login; nobody but its owner may read it.
 */
public final class LoginFile {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final Path file;

	/**
	 * Creates the access to the file.
	 * @param directory folder of a person's settings; made when it is missing
	 */
	public LoginFile(Path directory) {
		this.file = directory.resolve("login.json");
	}

	/**
	 * Reads the login.
	 * @return empty when there is none
	 */
	public Optional<Login> find() throws IOException {
		try {
			return Optional.of(JSON.readValue(Files.readAllBytes(this.file), Login.class));
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
		catch (JacksonException ex) {
			throw new IOException("%s is not a login; remove it and log in again".formatted(this.file), ex);
		}
	}

	/** Keeps the login, in place of the one before. */
	public void write(Login login) throws IOException {
		Path directory = this.file.getParent();
		Files.createDirectories(directory, permissions("rwx------"));
		// With the permissions from the first byte on; then moved over the old one.
		Path fresh = Files.createTempFile(directory, "login", ".tmp", permissions("rw-------"));
		Files.write(fresh, JSON.writeValueAsBytes(login));
		Files.move(fresh, this.file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
	}

	/** Where it is kept. */
	public Path path() {
		return this.file;
	}

	private static FileAttribute<?>[] permissions(String permissions) {
		boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
		return isPosix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
				: new FileAttribute<?>[0];
	}

}
