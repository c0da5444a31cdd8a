import { fitsGlob } from '../../domain/nameGlob';
import { protectedProfilePatterns } from './settings';

/** Whether what destroys something in this profile's account has to be confirmed by typing the key pair's name. */
export function isProtected(profile: string): boolean {
	return protectedProfilePatterns().some((pattern) => fitsGlob(profile, pattern));
}
