export const parse = (text: any): string => text!.name
