// Public keys with what independent tools say of them. The private halves were thrown away.

/** An RSA or ED25519 public key, and the fingerprint EC2 shows for it when it was imported. */
export interface KeyVector {
	readonly name: string;
	/** An OpenSSH line with a comment, as ssh-keygen 9.2 wrote it. */
	readonly line: string;
	readonly fingerprint: string;
}

/** An RSA-2048 key. */
export const rsaLine =
	'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCl2WtKUGhcRYaxSpgZNuOhAXgqkKAL1BjLZbPAzcQE9RB4T5ad027CyIOh5oZLqm+ADKQDdICxgQo4txGZY/Ogt0qw9HJA1lk/VgrIX+iC8poFxxcydKqsdisbRaUhAb5KNsD/8v6uN8NYAW2dgpEIyCR7Tyl436+e/EVhtLJoq7EWyFMSWfZf5NF2/L9tv3h0HGERjbHa6X1qmBuAY/ENH5PzhhTkVybTZ5TGpWn/cyWG6CDJjcsk1nxhm9Jfq4bsrEy6cTokvRUHhnZC1zj2nWIArQJSVdbYSjklWx+NSuCKOPVUwgFIAb9gKbAmgGEp3ltzC7RD3UtduWA1Nojt demo rsa';
/** As EC2 shows it once imported. */
export const rsaFingerprint = 'fb:90:26:71:1b:9d:b6:f6:c3:d1:ac:1d:87:0b:5c:2c';
/** An ED25519 key. */
export const ed25519Line = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOurWTvNIjrDxPq6u/xYP+UAY5kmb6cIQi0xo2x7fqIE demo ed';
/** As EC2 shows it once imported. */
export const ed25519Fingerprint = 'OroW756jfwqJ+Gzm9okuULHBhIH2ydQ+PrrV78xrlxg=';

/** RSA: `ssh-keygen -ef key.pub -m PKCS8 | openssl pkey -pubin -outform DER | openssl md5 -c`; ED25519: `awk '{print $2}' key.pub | base64 -d |
 * openssl dgst -sha256 -binary | base64`, with OpenSSL 3.0.19. */
export const importable: readonly KeyVector[] = [
	{
		name: 'RSA-1024',
		line: 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQChbbzprNxWByd3bVtpyro0ueEkPwrCzxmfAZ5yF74dAP29pEzBXgBHfndSX/lloOV5BTC0svQJH3Vul7ZvakSHlesycWpfhMkzhaEy3cExPlOSZgzknsUUUt9nlhSxS7zN7FHDGqF/AgQm8WdKwHVQgYvvVdegEDwdy45ciMSOjw== rsa 1024',
		fingerprint: 'f0:53:a1:45:1e:26:23:01:43:38:2f:06:8f:46:ef:0f',
	},
	{ name: 'RSA-2048', line: rsaLine, fingerprint: rsaFingerprint },
	{
		name: 'RSA-3072',
		line: 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQDOhaXoiyrr2S/1iSg4S/5ulniUXWaEd2ne/Jwx/F2NWJ0mVm0lmce7U+ZNQjv+rq9ipZcFIdAMusHIdIfGSOpwiYDTS/d9RDla7xP9G86Oe6SU311JdNiWiz9qPP3RkIHNgt3x+J6iAD20YbBKCt4DGuvnnrAa1hwiOHGGLQFbsOMa1tuwPRXBerxYFGYkOxN4waTvbRBa9UjYc/FqN5o4c4XklrC19wPVIp3CJ6/K7tRMPkCgAvVnAjUNi68jebOkJk1YSvoHEFWl3grEQtEFJTyVoV+VuAYGwEASajX+BeuZ6vRhxm+KvBQ18LcPvHKTexQhkD4S8iKU1RMm5vdJP3KKsaMY2o1fAAp3eVxuoFkRyOUDO/WeNSyqKO0QBlF3ljan3QA5SWbevKPVRLlhw95J8rYMIemx2OzVNJmoR6GVFm1gKjAbzVSParCATNqPRsnYR/7AfM3XhaA9M7EE1U4QpqY5zINXIQAIzSZZl5+3xBKCH+T7C06ugBE/sQs= rsa 3072',
		fingerprint: 'f5:0b:60:1d:99:55:3b:45:69:66:9f:0e:cf:59:a5:f4',
	},
	{
		name: 'RSA-4096',
		line: 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAACAQCleIbV0cYSG8IAZ4ySm3B+dqaduMsMSafU+EEx6/xg8SjYESbf6Xg6c7zViiOOxYwJnb47QmsrtxGCRpWD5A+alXTpTLn6wnXMEpMDrYp7EUK7g8Ds3R6fFwPMWnJ+C62X8eP7FrqBwzZzpxdxkK5SpLzGnVtv4w7SZlUt3jG/baSD/0D1nuL7FmlIXsmMR6884ExKOTUxaAe+bUf5sCJneLROCuzJGQo+H+23MvyHMXdqLnSHuICJL7Ifbca1Hblamf3ypUMj9v3DPogzpYY8N+lsyw2swJLYpxZ9Yi2O1KDC+1EyrzFJUUQRvnJek0qtQTta9mMBrZZr9sNw4ehfJO3USEsaE77Pj+5v6yur7icKsUkCCmcMvM3cPt35fnzYZ7s8rOKYgnZ+tBOkRE1jxESEpiFSD6xaId7jfol3QMet6eN2obGEHSxazB8vM8+X2nZi5+Bj8nsvdUbgvVuOd7jKWcoqEkk/kbLUaMK74HdfqWroqEuprXlTIzg6g+kX3GrZJDCE4Tt1JFt16psRZEiqh/dJAkuIqV7TAiGi9G+eY3AxXWPDPFORVnk80LCSWHVmVyfHtuZjjvmraV/nDj2acnwJhnfkFY6mU4GNycQjKpj4C4dxQ2JFlPQj452vgmgPIHxbbJhx21n/tIQqyGKaxNlI5S6Tr9fGxyTHUQ== rsa 4096',
		fingerprint: '2d:64:22:90:39:a1:0f:45:05:ff:27:25:fb:10:ad:f2',
	},
	{
		name: 'RSA-8192',
		line: 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAEAQDhaqxEfq9b+WbeU8Q9cp60L052cS6yZFl0WBpqkztTbn3dOBL7wRORRVv8PkfnxOYFAzs/2gavrkK+xaBGGE3f48ACT1fx+tdeQ/c0HmAY5R25NqC6H4XphP/WrQKiMSDYyZaWDHj7zMqvk30+Sqfhunrn7UYb4E9zuVsJNz1g9FDKF/mQtjJtRWhItTsVm1rJmn+obacl0t1/zYZ/e2TrQ2NRBDZDuaG0pc9FH/ah1POBeNnMsVKiX602z0w2AmYWH4UiUshEJWtScTVr0/ajzPKL9fBocBg+IFYP9qtkBwvGzDtGU2Q3cgJO1DbzQS964Ha14gphAGFPY47QtA/zZyc9Jjvef963sl3MAxBC3suHkndcL4DgrqdRyA8fEjDmPTkdXhDjLFJWcAsPl7KwGF98POtgLRZPYQhD3e3bL54evaEw54P+xo6mfXFaWJpyMdV0yccjUcSfoBhCgCjYrw3I4CNx6V5JVdQmkBl+NHqykSRE+S1FGJc25CcJyWbi6hA7wvFOeq+D075f6ORlywLAMmmp6JkdmXEFC6V173LEJerz5mDQykktnjvWuxOjyF+kMmW5BcRtxEW1iD2HmfinpiRqZhWXTAc6bxnY1ogiT3Rdb0wXCDDQ1XrRBt1uMvBkUv9Hh9ptM6ZCy1c68kQXLihtpeLyIs+uYYdIkAiJO9+uQVvx5X/JgIG+I0AfuU0K9zeuRIxvRlLcjU9EkndGi61l4DwhZXIsTbhYIyrUqhWe3bfJ58dWN6Y6I8OcskKF2wGLXgeJjT8tWe1ZivSdW1pqCtoDi4fmI1YZG1YZ3tDFtwMEyQsleLfy2dGfct8o8aBp3OqQuVulQcLf21VQ7Fzi9wReWt7zVcvvg0orriANz6CjMrOfgkhMXLASyGMpaKXz+lupHu/YaXwFDl8G1W6NCrYx3zNuaZr0BmdrWVz4iBpOMj3hoVSxCBKN/YTVXydHqbjZsfLjVLhzCysGloTsQ7PjJjYKEpc7U1naedWHyPIf0+G7gNbSDwVDGNgZcbNWmjGI9RgMcs84FLRqSVgyJJnR8sUY4N9u5BNaOTl1ssrdQkVARE+LvLRhlcWc4sRtJBvb14e3GeXUGPs+roqZ7pnTWft7NhDT+09Ryr6V1JQJnaD6paRjavCtI69pJLU4UWG9fAMR+55WX77fyl5H8fXgQhjUuidKVlcN38rWoLbNq5lJOPfKg5fsJircQgHx5c72x0ngN6wW5lZGhpLB2ZBrRMVtyu1gaHY9G+l+3yBF/qld9cDbQPsuyY12TdZO4ANU2/4CuUqr5UVLPjPn6+/GBn730I4fbdp62UEdpfkh+L4/aFa6UtSJfOBnuNNk0o+VQ5jUcqEn rsa 8192',
		fingerprint: '02:6e:89:9a:dc:98:20:c5:e5:8e:48:45:3d:df:f0:62',
	},
	{ name: 'ED25519', line: ed25519Line, fingerprint: ed25519Fingerprint },
];

/** The same RSA-2048 key as `ssh-keygen -e` writes it (RFC 4716), with a header that goes on in a second line. */
export const rsaRfc4716 = [
	'---- BEGIN SSH2 PUBLIC KEY ----',
	'Comment: "2048-bit RSA, \\',
	'continued: here"',
	'AAAAB3NzaC1yc2EAAAADAQABAAABAQCl2WtKUGhcRYaxSpgZNuOhAXgqkKAL1BjLZbPAzc',
	'QE9RB4T5ad027CyIOh5oZLqm+ADKQDdICxgQo4txGZY/Ogt0qw9HJA1lk/VgrIX+iC8poF',
	'xxcydKqsdisbRaUhAb5KNsD/8v6uN8NYAW2dgpEIyCR7Tyl436+e/EVhtLJoq7EWyFMSWf',
	'Zf5NF2/L9tv3h0HGERjbHa6X1qmBuAY/ENH5PzhhTkVybTZ5TGpWn/cyWG6CDJjcsk1nxh',
	'm9Jfq4bsrEy6cTokvRUHhnZC1zj2nWIArQJSVdbYSjklWx+NSuCKOPVUwgFIAb9gKbAmgG',
	'Ep3ltzC7RD3UtduWA1Nojt',
	'---- END SSH2 PUBLIC KEY ----',
].join('\n');

/** The same key in base64 DER, as `ssh-keygen -e -m PKCS8` writes it between the PEM lines: SubjectPublicKeyInfo. */
export const rsaSpkiBase64 =
	'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApdlrSlBoXEWGsUqYGTbjoQF4KpCgC9QYy2WzwM3EBPUQeE+WndNuwsiDoeaGS6pvgAykA3SAsYEKOLcRmWPzoLdKsPRyQNZZP1YKyF/ogvKaBccXMnSqrHYrG0WlIQG+SjbA//L+rjfDWAFtnYKRCMgke08peN+vnvxFYbSyaKuxFshTEln2X+TRdvy/bb94dBxhEY2x2ul9apgbgGPxDR+T84YU5Fcm02eUxqVp/3MlhuggyY3LJNZ8YZvSX6uG7KxMunE6JL0VB4Z2Qtc49p1iAK0CUlXW2Eo5JVsfjUrgijj1VMIBSAG/YCmwJoBhKd5bcwu0Q91LXblgNTaI7QIDAQAB';
/** The same as `ssh-keygen -e -m PEM` writes it: PKCS#1 RSAPublicKey. */
export const rsaPkcs1Base64 =
	'MIIBCgKCAQEApdlrSlBoXEWGsUqYGTbjoQF4KpCgC9QYy2WzwM3EBPUQeE+WndNuwsiDoeaGS6pvgAykA3SAsYEKOLcRmWPzoLdKsPRyQNZZP1YKyF/ogvKaBccXMnSqrHYrG0WlIQG+SjbA//L+rjfDWAFtnYKRCMgke08peN+vnvxFYbSyaKuxFshTEln2X+TRdvy/bb94dBxhEY2x2ul9apgbgGPxDR+T84YU5Fcm02eUxqVp/3MlhuggyY3LJNZ8YZvSX6uG7KxMunE6JL0VB4Z2Qtc49p1iAK0CUlXW2Eo5JVsfjUrgijj1VMIBSAG/YCmwJoBhKd5bcwu0Q91LXblgNTaI7QIDAQAB';

/** Public keys of types that EC2 does not take, by `ssh-keygen` (DSA by OpenSSL, FIDO by hand from OpenSSH's PROTOCOL.u2f). */
export const refused: Readonly<Record<string, string>> = {
	'an ECDSA key':
		'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBIQ2Ay5UUxEUG2NAW2unZJDiLdPrbmdPX3ltpGGvfywf59JcvIXRt9mEW9Nd7C2h2ulOlc/T6rQlv/24RGRp43M= ec',
	'a DSA key':
		'ssh-dss AAAAB3NzaC1kc3MAAACBAPhybFdlnyQXTALPH38z1DxgdD1JAJIGhsC0dEES003/OWMAgdYPTSuj6VLZE8b0PYkRXiYC2FvGVZyOoB3KTpjmvtz3SRic83/Q8y818lpopA/82JfdlTrJ9e2o2amM5PpKuzedqiSMlcEm8jdM+Guvcbb/oyS5h6EMyGEA+r1xAAAAHQC/dwTwTnXlnUFF1UBA7F3PWTXdtU/+8anppVuxAAAAgHIhSvKcxGFUqGa6q+rdctFC5uGsD5WISHSburCw0avNbCiHKh6IXTNzGd7Gc4Q5sXFN5ZzstHDFrzL1bXMFICs9xnia0pVCXB++6cn0f4IJcoT+PmVhFWe34/L8sN7tRF9eLDsxuVL5U24bgmIDAWQiq6mc2804tmDp5tK8gsqXAAAAgHwBhVukkuIb4X5iu8F6u3WKS8UE+s3MhFL9POF9exp3Vqno9UHSCQWEuE1oxsu/zlb7Y1X9wjnp/ubDmmL+9tfUaXvJZrXAS0zj16znv4vR1Q1WMctjeHfTF4tjoWZWulH/ljUCEZZK8R0bJN9bOSvJYeYqz3oAo4V/S2iryta2',
	'a FIDO key':
		'sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fAAAABHNzaDo= sk',
	'a certificate':
		'ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29tAAAAIMJ6AEFRzJ5ltQZmONuW+TPOgozy7vmy8ma7WzTcjVaTAAAAIOurWTvNIjrDxPq6u/xYP+UAY5kmb6cIQi0xo2x7fqIEAAAAAAAAAAAAAAABAAAAAmlkAAAABQAAAAF1AAAAAAAAAAD//////////wAAAAAAAACCAAAAFXBlcm1pdC1YMTEtZm9yd2FyZGluZwAAAAAAAAAXcGVybWl0LWFnZW50LWZvcndhcmRpbmcAAAAAAAAAFnBlcm1pdC1wb3J0LWZvcndhcmRpbmcAAAAAAAAACnBlcm1pdC1wdHkAAAAAAAAADnBlcm1pdC11c2VyLXJjAAAAAAAAAAAAAAAzAAAAC3NzaC1lZDI1NTE5AAAAIBJOx4JLfFiiD5Roh92vKFCM3A3DRNyr4UTt5rgX9toaAAAAUwAAAAtzc2gtZWQyNTUxOQAAAEAEB/d20BKdWbxgZZIWdO0nfnd6oJ9jOhnZyO4eUua6wPHD7Up1H5V333KV1gYlbw5jJZkSR8PscCz/yR9OEGEF demo ed',
};
